export interface CredentialOptions {
  /** What credentials are held to. Without it any will do. */
  verify?: Verify | undefined;
  /** For how many seconds a token from the mock's IAM is good, at most 31536000. Default: 86400, as IAM's own. */
  tokenLife?: number | undefined;
}

/** An access key that requests must be signed with, a user that IAM gives its tokens to, or both. */
export interface Verify {
  /** The access key: a signature by another one, or one that is wrong, gets 401. */
  accessKeyId?: string | undefined;
  /** The secret part of the access key. */
  secretAccessKey?: string | undefined;
  /** The session token of a temporary access key. */
  securityToken?: string | undefined;
  /** The user: IAM gives nobody else a token, and a token that IAM did not give gets 401. */
  user?: string | undefined;
  /** The user's password. */
  password?: string | undefined;
  /** The name of the user's account. */
  domain?: string | undefined;
}
