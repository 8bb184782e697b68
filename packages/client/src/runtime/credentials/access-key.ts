/** An access key: permanent, or temporary with a security token. */
export interface AccessKey {
  /** AK. */
  accessKeyId: string;
  /** SK. It is never sent. */
  secretAccessKey: string;
  /** Goes with a temporary access key. */
  securityToken?: string | undefined;
}
