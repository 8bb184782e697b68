import { CsmsInputError } from "../errors.ts";
import { answerError } from "../http/answer-error.ts";
import { withDeadline } from "../http/deadline.ts";
import { parseJson } from "../http/parse-json.ts";
import type { Transport } from "../http/transport.ts";
import type { CallOptions, ResolvedOptions } from "../options.ts";
import { KeptValue } from "./kept-value.ts";

const operationId = "KeystoneListProjects";
// As long as a timer can be.
const MAX_WAIT = 2 ** 31 - 1;

/**
 * Finds the id of the project that the credentials know, or that IAM has under the region's name: with one question for
 * all who wait, of whom each stops when its own signal aborts. No project is ever created.
 */
export function projectFinder(
  client: ResolvedOptions,
  transport: Transport,
): (options: CallOptions) => Promise<string | undefined> {
  const { credentials, iamEndpoint, region } = client;
  const kept = new KeptValue<string | undefined>();

  async function ask(options: CallOptions): Promise<string | undefined> {
    const known = await credentials.findProject?.(client);
    if (known || !iamEndpoint) return known;
    const { response, text, findSecrets } = await transport({
      operationId,
      method: "GET",
      endpoint: iamEndpoint,
      url: `${iamEndpoint}/v3/projects?name=${region}`,
      options,
    });
    const body = parseJson(text);
    const { projects } = Object(body);
    if (!Array.isArray(projects)) throw answerError(operationId, response, body, findSecrets());
    if (projects.length === 1) return projects[0]?.id;
    const names = projects.map((project) => `${project?.name} (${project?.id})`);
    throw new CsmsInputError(`projectId must be given: ${region} has [${names}]`, operationId);
  }

  return ({ signal, ...options }) =>
    withDeadline(
      async (own) => kept.get(own, () => ask(options)),
      signal,
      MAX_WAIT,
      () => {},
    );
}
