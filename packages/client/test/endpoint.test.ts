import { describe, expect, test } from "vitest";
import { resolveEndpoints, type Servers } from "../src/runtime/http/endpoint.ts";

const servers: Servers = (region) =>
  region.startsWith("far-")
    ? [`https://things.${region}.example.org`, `https://iam.${region}.example.org`]
    : [`https://things.${region}.example.com`, `https://iam.${region}.example.com`];

describe("the region says where the service is, and its IAM", () => {
  test.for([
    ["north", undefined, "https://things.north.example.com", "https://iam.north.example.com"],
    ["far-east", undefined, "https://things.far-east.example.org", "https://iam.far-east.example.org"],
    ["far", undefined, "https://things.far.example.com", "https://iam.far.example.com"],
    ["far-east", "http://127.0.0.1:1", "http://127.0.0.1:1", "https://iam.far-east.example.org"],
    [undefined, "http://127.0.0.1:1", "http://127.0.0.1:1", undefined],
  ] as const)("%s, %s", ([region, endpoint, service, iam]) => {
    expect(resolveEndpoints({ region, endpoint }, servers)).toEqual({ endpoint: service, iamEndpoint: iam });
  });
});

test("a region is asked for only where the address has one", () => {
  expect(resolveEndpoints({}, () => ["https://things.example.com/v1/"]).endpoint).toBe("https://things.example.com/v1");
  expect(() => resolveEndpoints({}, servers)).toThrow("region or endpoint is required");
});

test("a region that would become another host is refused, even beside an endpoint", () => {
  const options = { region: "evil.example.com/", endpoint: "https://things.example.com" };
  expect(() => resolveEndpoints(options, servers)).toThrow("region must be small letters");
});
