export type { MockRequest } from "./mock-request.ts";
export { type Mock, type MockOptions, startMock } from "./start-mock.ts";
export type { TroubleKind } from "./trouble.ts";
export type { Violation } from "./violation.ts";
