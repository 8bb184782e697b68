export { defaultCredentials } from "./node/default-credentials.ts";
export { type InstanceOptions, instanceCredentials } from "./node/instance-credentials.ts";
export { type ProfileOptions, profileCredentials } from "./node/profile-credentials.ts";
