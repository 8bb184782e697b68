import { startBrowser } from "./browser.ts";
const { browser, stop } = await startBrowser();
const page = await (await browser.newContext({viewport:{width:1280,height:1000}})).newPage();
page.on("console", m=>m.type()==="error"&&console.log(m.text().slice(0,300)));
await page.goto("file:///work/main/packages/docs/dist/index.html"); await page.waitForTimeout(1000);
for (let y=0;y<30;y++){ await page.mouse.wheel(0, 800); await page.waitForTimeout(60); }
console.log("url", page.url(), await page.locator("#redoc h2").allTextContents());
console.log((await page.locator(".menu-content").getByRole("link").evaluateAll(l=>l.map(e=>e.getAttribute("href")+" "+e.textContent))).join("\n"));
await page.screenshot({path:"/tmp/a.png"});
await stop();
