import { STATUS_CODES } from "node:http";
import { type Answer, toAnswer } from "./answer.ts";
import type { Credentials } from "./credentials.ts";
import { checkValue, type Schema } from "./prism.ts";
import type { ReceivedRequest } from "./received-request.ts";
import type { Violation } from "./violation.ts";

const text: Schema = { type: "string", minLength: 1 };
const domain = object({ name: text });
const user = object({ name: text, password: text, domain });
const identity = object({ methods: { const: ["password"] }, password: object({ user }) });
const project: Schema = { type: "object", anyOf: [object({ name: text }), object({ id: text })] };
const tokenRequest = object({ auth: object({ identity, scope: object({ project }) }) });

// Any will do in the mock.
const anyProject = { id: "0123456789abcdef0123456789abcdef", name: "cn-north-4" };

/** Answers what is asked from IAM: a token, or a project's id. Undefined: something else is asked for. */
export function answerIam(request: ReceivedRequest, credentials: Credentials): Answer | undefined {
  const called = `${request.method} ${request.path}`;
  if (called === "POST /v3/auth/tokens") return createToken(request, credentials);
  if (called === "GET /v3/projects") return listProjects(request, credentials);
  return undefined;
}

function createToken({ body }: ReceivedRequest, credentials: Credentials): Answer {
  const [fault] = checkValue(body ?? null, tokenRequest);
  if (fault) {
    const location = ["request", "body", ...(fault.path ?? [])];
    return fail(400, { location, severity: "Error", message: `${location.slice(1).join(".")} ${fault.message}` });
  }
  const { auth } = body as { auth: { identity: { password: { user: Login } }; scope: { project: object } } };
  const { name, password, domain } = auth.identity.password.user;
  if (!credentials.knows({ user: name, password, domain: domain.name })) {
    const message = "The user, the password or the domain is not the one in verify.";
    return fail(401, { location: ["request", "body"], severity: "Error", code: 401, message });
  }
  const { token, issued, expires } = credentials.issueToken();
  const content = {
    methods: ["password"],
    issued_at: toTime(issued),
    expires_at: toTime(expires),
    user: { name, domain },
    project: { ...anyProject, ...auth.scope.project },
  };
  return json(201, { token: content }, { "X-Subject-Token": token });
}

interface Login {
  name: string;
  password: string;
  domain: { name: string };
}

function listProjects(request: ReceivedRequest, credentials: Credentials): Answer {
  const { "x-auth-token": token, authorization } = request.headers;
  const none = (token ?? authorization) ? undefined : "No credentials: send the header X-Auth-Token or Authorization";
  const message = none ?? credentials.findFault(request);
  if (message) return fail(401, { location: ["request"], severity: "Error", code: 401, message: `${message}.` });
  const { name = anyProject.name } = request.query;
  return json(200, { projects: [{ ...anyProject, name: String(name), enabled: true, is_domain: false }] }, {});
}

/** As IAM tells an error. */
function fail(code: number, violation: Violation): Answer {
  const error = { code, message: violation.message, title: STATUS_CODES[code] };
  return json(code, { error }, {}, [violation]);
}

function json(statusCode: number, body: object, headers: Record<string, string>, violations: Violation[] = []): Answer {
  return toAnswer({ statusCode, headers: { ...headers, "Content-Type": "application/json" }, body }, violations);
}

/** IAM's times have microseconds. */
function toTime(time: number): string {
  return new Date(time).toISOString().replace("Z", "000Z");
}

/** A schema whose properties are all required. */
function object(properties: Record<string, Schema>): Schema {
  return { type: "object", required: Object.keys(properties), properties };
}
