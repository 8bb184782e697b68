// What a user's program does, once for all: it knows no runtime, and throws when something is not as promised.

/**
 * @param {typeof import("@csms/client")} client
 * @param {typeof import("@csms/client/contract")} contract
 * @param {string} endpoint of a mock that holds 120 secrets, and whose key is "ak" and "sk"
 */
export async function runProgram(client, contract, endpoint) {
  const { accessKeyCredentials, CsmsApiError, CsmsClient, CsmsInputError, toDate, tokenCredentials } = client;
  const project = { endpoint, projectId: "0123456789abcdef0123456789abcdef", contract: contract.holdToContract() };
  const signing = accessKeyCredentials({ accessKeyId: "ak", secretAccessKey: "sk" });

  const names = new Set();
  for (const credentials of [tokenCredentials(async () => "token"), signing]) {
    let pages = 0;
    const csms = new CsmsClient({ ...project, credentials });
    for await (const { secrets } of csms.listSecrets({ limit: 50 }).pages()) {
      pages++;
      for (const { name, create_time } of secrets) {
        names.add(name);
        check(toDate(create_time).getUTCFullYear() >= 2019, "the date of a secret");
      }
    }
    check(pages === 3 && names.size === 120, `three pages of 120 secrets: ${pages} of ${names.size}`);
  }

  const csms = new CsmsClient({ ...project, credentials: signing });
  const [secret_name] = names;
  const { data, response } = await csms.listSecretVersions({ secret_name }).withResponse();
  check(response.status === 200 && data.version_metadatas.length > 0, "the versions of a secret");

  const wrongKey = accessKeyCredentials({ accessKeyId: "ak", secretAccessKey: "another" });
  const refused = await rejection(new CsmsClient({ ...project, credentials: wrongKey }).listSecrets());
  check(refused instanceof CsmsApiError && refused.status === 401, "a wrong signature is refused", refused);

  const missing = await rejection(csms.listSecretVersions({ secret_name: "no-such-secret" }));
  check(missing instanceof CsmsApiError && missing.code === "CSMS.0106", "an error's code", missing);

  const input = await rejection(csms.listSecretVersions({ secret_name: "not a name" }));
  check(input instanceof CsmsInputError && input.name === "CsmsInputError", "an input error", input);

  const reason = new Error("enough");
  check((await rejection(csms.listSecrets({}, { signal: AbortSignal.abort(reason) }))) === reason, "an abort");

  const brokenPage = { secrets: [{ name: 1 }], page_info: {} };
  const drifted = new CsmsClient({
    ...project,
    credentials: tokenCredentials(async () => "token"),
    fetch: async () => Response.json(brokenPage),
  });
  const violation = await rejection(drifted.listSecrets());
  check(violation?.place?.startsWith("/secrets/0"), "an answer that breaks the contract", violation);
}

function check(holds, promise, cause) {
  if (!holds) throw new Error(`Not as promised: ${promise}`, { cause });
}

function rejection(request) {
  return Promise.resolve(request).then(
    () => undefined,
    (error) => error,
  );
}
