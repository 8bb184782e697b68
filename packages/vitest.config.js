export default {
  test: {
    reporters: ["minimal"],
    // They start in half the time of processes.
    pool: "threads",
    // What test files import is loaded once for all of them, so none may leave anything behind.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // The last package's tests have the machine to themselves.
    maxWorkers: "100%",
    testTimeout: 60_000,
    // A program that a test starts prints as it does into a pipe, whatever this terminal can show.
    env: { FORCE_COLOR: "0" },
  },
};
