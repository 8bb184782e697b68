export { type Mock, type MockOptions, type MockRequest, startMock } from "./start-mock.ts";
export type { Violation } from "./violation.ts";
