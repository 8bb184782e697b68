import type { Operation, Parameter } from "@csms/openapi/reader";
import { isBinding, propertyKey } from "./names.ts";

/** The function that hands checked parameters to a request, each in its place. */
export function emitSend({ method, path, parameters, body }: Operation): string {
  // Path and header parameters by name; what is left of the wire parameters is the query.
  const named = parameters.filter((parameter) => parameter.in !== "query");
  const own = ["request", "query", "body"];
  const fields = named.map((parameter, index) => {
    const { name, required } = parameter;
    const key = propertyKey(name);
    const local = isBinding(name) && !own.includes(name) ? name : `named${index}`;
    const code = local === name ? name : `${key}: ${local}`;
    return { in: parameter.in, code, sent: required ? code : `...(${local} !== undefined && { ${code} })` };
  });
  const pick = (place: Parameter["in"]) => {
    const sent = fields.filter((field) => field.in === place).map((field) => field.sent);
    return sent.length > 0 ? [`${place}: { ${sent.join(", ")} }`] : [];
  };
  const query = named.length < parameters.length ? ["query"] : [];
  const pattern = [...fields.map(({ code }) => code), ...(body ? ["body"] : []), ...query.map((name) => `...${name}`)];
  const params = [...pick("path"), ...pick("header"), ...query];
  const init = [...(params.length > 0 ? [`params: { ${params.join(", ")} }`] : []), ...(body ? ["body"] : [])];
  const wire = pattern.length === 0 ? "_" : pattern[0] === "...query" ? "query" : `{ ${pattern.join(", ")} }`;
  const given = [JSON.stringify(method), JSON.stringify(path), ...(init.length > 0 ? [`{ ${init.join(", ")} }`] : [])];
  return `(${wire}, request) => request(${given.join(", ")})`;
}
