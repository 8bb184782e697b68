import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

/** Starts the Chromium that comes with an npm package, or, where that has none, the Chrome of this machine. */
export async function startBrowser(...switches: string[]): Promise<Browser> {
  const args = [...quiet, ...switches];
  if (process.platform !== "linux" || process.arch !== "x64") return chromium.launch({ channel: "chrome", args });
  const folder = await unpackChromium();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args,
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
      LD_LIBRARY_PATH: join(folder, "al2023/lib"),
    },
  });
}

/** Unpacks it beside what it is packed in, for all who come after. */
async function unpackChromium(): Promise<string> {
  const packed = fileURLToPath(new URL("../bin/", import.meta.resolve("@sparticuz/chromium")));
  const folder = join(packed, "unpacked");
  if (existsSync(folder)) return folder;
  const scratch = await mkdtemp(`${folder}-`);
  const { TMPDIR = tmpdir() } = process.env;
  process.env.TMPDIR = scratch; // Where the package unpacks to.
  await Promise.all(["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((name) => inflate(join(packed, name))));
  process.env.TMPDIR = TMPDIR;
  await writeFile(join(scratch, "fonts.conf"), fontConfig(folder));
  // Whole, or not at all.
  await rename(scratch, folder).catch(async (error) => {
    await rm(scratch, { recursive: true });
    // Somebody else may have been faster.
    if (!existsSync(folder)) throw error;
  });
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
