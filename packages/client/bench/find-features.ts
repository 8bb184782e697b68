// In a process of its own: some rows keep what they are told in their modules, or log.
import { findFeatures, type Mark } from "./features.ts";
import { rows } from "./rows.ts";

process.send?.(await findFeatures(rows, process.argv[2] as Mark), () => process.exit());
