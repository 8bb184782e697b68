import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { accessKeyCredentials, type Credentials, CsmsInputError } from "../index.ts";
import { projectFinder } from "../runtime/credentials/project-finder.ts";
import { checkEndpoint } from "../runtime/http/endpoint.ts";
import { createTransport } from "../runtime/http/transport.ts";
import { checkNames } from "../runtime/parameters.ts";

/** Options of `profileCredentials`. */
export interface ProfileOptions {
  /** The profile file. Default: the one that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, else `~/.huaweicloud/credentials`. */
  file?: string | undefined;
}

/**
 * Signs with the access key in the official SDK's profile file: of its section `[basic]`, `ak`, `sk` and, where they are
 * given, `security_token`, `project_id` and `iam_endpoint`. The file is read at once, and again when the service refuses a
 * signature.
 *
 * @throws {CsmsInputError} An option is unknown, the file can't be read, or something in it is missing or not valid. The
 *   error says what, and shows nothing of it.
 */
export function profileCredentials({ file, ...others }: ProfileOptions = {}): Credentials {
  checkNames(["file"], others);
  const path = file ?? (process.env.HUAWEICLOUD_SDK_CREDENTIALS_FILE || join(homedir(), ".huaweicloud", "credentials"));
  const { project_id: projectId, iam_endpoint: iam } = readProfile(path);
  const iamEndpoint = iam && checkIamEndpoint(iam, path);
  const signer = accessKeyCredentials(() => {
    const { ak = "", sk = "", security_token: securityToken } = readProfile(path);
    return { accessKeyId: ak, secretAccessKey: sk, securityToken };
  });
  return {
    ...signer,
    projectId: projectId || undefined,
    async findProject({ region, fetch }) {
      if (!iamEndpoint || !region) return undefined;
      const client = { region, fetch, credentials: signer, endpoint: iamEndpoint, iamEndpoint };
      return projectFinder(client, createTransport(client))({});
    },
  };
}

function readProfile(path: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CsmsInputError(
      `profile ${path}: ${code === "ENOENT" ? "there is no such file" : `can't be read, ${code}`}`,
    );
  }
  const profile = readSection(text, "basic");
  const missing = ["ak", "sk"].filter((name) => !profile[name]);
  if (missing.length > 0) throw new CsmsInputError(`profile ${path}: ${missing.join(" and ")} missing in [basic]`);
  return profile;
}

/** A section of an INI file. A value may stand in quotes; a line that begins with # or ; is a comment. */
function readSection(text: string, wanted: string): Record<string, string> {
  const values: Record<string, string> = {};
  let section = "";
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1]?.trim() ?? section;
    const [, name, , value] = /^\s*(\w+)\s*[=:]\s*(["']?)(.*?)\2\s*$/.exec(line) ?? [];
    if (section === wanted && name && value !== undefined) values[name] = value;
  }
  return values;
}

function checkIamEndpoint(address: string, path: string): string {
  try {
    return checkEndpoint(address);
  } catch (error) {
    throw new CsmsInputError(`profile ${path}: iam_${(error as CsmsInputError).message}`);
  }
}
