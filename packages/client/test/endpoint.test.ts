import { expect, test } from "vitest";
import { resolveEndpoint } from "../src/runtime/http/endpoint.ts";

test("a region is asked for only where the address has one", () => {
  expect(resolveEndpoint({}, "https://things.example.com/v1/")).toBe("https://things.example.com/v1");
  expect(() => resolveEndpoint({}, "https://things.{region}.example.com")).toThrow("region or endpoint is required");
});
