import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import client from "../../client/package.json" with { type: "json" };
import mock from "../../mock/package.json" with { type: "json" };
import { PROJECT } from "./run.ts";

const { CompilerState, Extractor, ExtractorConfig } = await import(
  pathToFileURL(join(PROJECT, "node_modules/@microsoft/api-extractor/lib-commonjs/index.js")).href
);

const declarations = [client, mock].flatMap(({ name, exports }) =>
  Object.values(exports).map((entry) => ({
    name,
    folder: fileURLToPath(new URL(`../../${name.split("/")[1]}`, import.meta.url)),
    file: typeof entry === "string" ? entry.replace(/\.js$/, ".d.ts") : entry.types,
  })),
);

// What the contract brings is reviewed where it is generated: it is left out.
const generated = await readFile(new URL("../../client/src/generated/index.ts", import.meta.url), "utf8");
const names = generated.match(/\b[A-Z]\w+/g) ?? [];
const isGenerated = new RegExp(`^(// @public\n)?export (\\{|\\w+) (${names.join("|")})\\b`);

const temporary = join(PROJECT, "node_modules");
const compilerOptions = { module: "nodenext", target: "esnext", lib: ["esnext", "dom"], types: ["node"], strict: true };
const configs = declarations.map(({ folder, file }) =>
  ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, file),
      compiler: { overrideTsconfig: { compilerOptions, files: [file] } },
      apiReport: {
        enabled: true,
        reportFolder: temporary,
        reportTempFolder: temporary,
        reportFileName: "report.api.md",
      },
      newlineKind: "lf",
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: { default: { logLevel: "none" } } },
    },
    packageJsonFullPath: join(folder, "package.json"),
  }),
);
// All are read once.
const compilerState = CompilerState.create(configs[0], {
  additionalEntryPoints: configs.map((config) => config.mainEntryPointFilePath),
});

// A change is looked at, and then accepted: `pnpm --filter @csms/consumers test --update`.
test.for(declarations)("what $name has in $file", async (declaration) => {
  Extractor.invoke(configs[declarations.indexOf(declaration)], {
    compilerState,
    localBuild: true,
    messageCallback: (message: { handled: boolean }) => {
      message.handled = true;
    },
  });
  const report = await readFile(join(temporary, "report.api.md"), "utf8");
  expect(report).not.toContain("(undocumented)");
  const blocks = report
    .replace(/^import .* from '@csms\/types';\n/gm, "")
    .split("\n\n")
    .filter((block) => !isGenerated.test(block));
  const place = join(declaration.folder, "api-report", `${basename(declaration.file, ".d.ts")}.md`);
  await expect(blocks.join("\n\n")).toMatchFileSnapshot(place);
});
