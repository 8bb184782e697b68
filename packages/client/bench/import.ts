// How long it takes to import modules, in milliseconds, in a process that has done nothing else.
const began = performance.now();
for (const module of process.argv.slice(2)) await import(module);
process.send?.(performance.now() - began);
