import type { Client, MaybeOptionalInit, ParseAsResponse } from "openapi-fetch";

type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";
type Success = 200 | 201 | 202 | 203 | 204 | 206 | 207;

/**
 * openapi-fetch's client. Its own type takes the type of every answer apart, to leave out what is only written; neither
 * a union that is open to further values nor a tuple outlives that.
 */
export type HttpClient<Paths extends {}> = Pick<Client<Paths>, "use" | "eject"> & {
  /** Sends a request with any method. */
  request<
    Name extends Method,
    Path extends PathWith<Paths, Name>,
    Init extends MaybeOptionalInit<Paths[Path], Name & keyof Paths[Path]>,
  >(
    method: Name,
    path: Path,
    ...init: InitParameter<Init>
  ): Promise<HttpAnswer<Paths[Path][Name & keyof Paths[Path]], Init>>;
} & {
  [Name in Method as Uppercase<Name>]: <
    Path extends PathWith<Paths, Name>,
    Init extends MaybeOptionalInit<Paths[Path], Name & keyof Paths[Path]>,
  >(
    path: Path,
    ...init: InitParameter<Init>
  ) => Promise<HttpAnswer<Paths[Path][Name & keyof Paths[Path]], Init>>;
};

type PathWith<Paths, Name extends Method> = {
  [Path in keyof Paths]: Paths[Path] extends Record<Name, object> ? Path : never;
}[keyof Paths];

type InitParameter<Init> =
  Partial<Init> extends Init ? [init?: Init & Record<string, unknown>] : [init: Init & Record<string, unknown>];

type HttpAnswer<Operation, Init> = Operation extends { responses: infer Answers }
  ?
      | { data: ParseAsResponse<Body<Answers, keyof Answers & Success>, Init>; error?: never; response: Response }
      | { data?: never; error: Body<Answers, Exclude<keyof Answers, Success>>; response: Response }
  : never;

type Body<Answers, Status extends keyof Answers> = {
  [Each in Status]: Answers[Each] extends { content: infer Content } ? Content[keyof Content] : undefined;
}[Status];
