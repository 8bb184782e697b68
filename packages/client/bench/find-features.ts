// In a process of its own: some rows keep what they are told in their modules, or log.
import { findFeatures } from "./features.ts";
import { rows } from "./rows.ts";

process.send?.(await findFeatures(rows), () => process.exit());
