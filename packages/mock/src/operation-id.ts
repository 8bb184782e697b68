import type { operations } from "@csms/types";

/** The name of an operation, as the contract has it: its `operationId`. */
export type OperationId = keyof operations;
