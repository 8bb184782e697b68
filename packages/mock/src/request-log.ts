import { styleText } from "node:util";
import type { MockRequest } from "./start-mock.ts";

/** One line for a request, and one more for each way in which it breaks the contract. No header is shown: tokens. */
export function formatRequest({ method, path, status, milliseconds, violations }: MockRequest): string {
  const color = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  const time = styleText("dim", new Date().toTimeString().slice(0, 8));
  const duration = styleText("dim", `${Math.ceil(milliseconds)} ms`);
  const line = `${time} ${method} ${path} ${styleText(color, String(status))} ${duration}`;
  return [line, ...violations.map(({ message }) => `         ${styleText(color, message)}`)].join("\n");
}
