import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** Starts the Chromium that comes with an npm package, or, where that has none, the Chrome of this machine. */
export async function startBrowser(): Promise<{ browser: Browser; stop: () => Promise<void> }> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const browser = await chromium.launch({ channel: "chrome", args: quiet });
    return { browser, stop: () => browser.close() };
  }
  const folder = await unpackChromium();
  const browser = await chromium.launch({
    executablePath: join(folder, "chromium"),
    args: quiet,
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
    },
  });
  const stop = async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  };
  return { browser, stop };
}

async function unpackChromium(): Promise<string> {
  const packed = fileURLToPath(new URL("../bin/", import.meta.resolve("@sparticuz/chromium")));
  const folder = await mkdtemp(join(tmpdir(), "csms-chromium-"));
  const { TMPDIR = tmpdir() } = process.env;
  process.env.TMPDIR = folder; // Where the package unpacks to.
  await Promise.all(["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((name) => inflate(join(packed, name))));
  process.env.TMPDIR = TMPDIR;
  await writeFile(join(folder, "fonts.conf"), fontConfig(folder));
  return folder;
}

/** The package's own configuration names only folders of AWS Lambda; without a font Chromium crashes. */
function fontConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "font-cache")}</cachedir>
</fontconfig>`;
}
