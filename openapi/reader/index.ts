export type { Answer, Content, Header, RequestBody } from "./contents.ts";
export { Contract, ContractError, type Node, type Resolved, type Resolver } from "./contract.ts";
export { type Example, exampleOf, examplesOf } from "./examples.ts";
export { camelCase, pascalCase } from "./names.ts";
export { type Operation, readOperations } from "./operations.ts";
export { type Pagination, typeOf } from "./pagination.ts";
export type { Parameter } from "./parameters.ts";
export { pointerKeys, pointerToken } from "./pointers.ts";
export { readServer } from "./server.ts";
