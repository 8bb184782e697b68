import { fileURLToPath } from "node:url";

export const contractFile = fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"));
export const sourceFolder = fileURLToPath(new URL(".", import.meta.url));
export const pageFile = fileURLToPath(new URL("../dist/index.html", import.meta.url));
