import shared from "../vitest.config.js";

export default { test: { ...shared.test, globalSetup: "test/install.ts", maxConcurrency: 2 } };
