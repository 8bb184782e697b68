// What calls a server is tried over the global fetch and over undici.
const callsNoServer = "test/{contract,parameters,redact,runtime,sign,to-date,undici}.test.ts";

export default {
  test: {
    projects: [
      { extends: "../vitest.config.js", test: { name: "fetch" } },
      {
        extends: "../vitest.config.js",
        test: { name: "undici", env: { CSMS_FETCH: "undici" }, include: ["test/*.test.ts"], exclude: [callsNoServer] },
      },
    ],
  },
};
