// The packages that bring Node.js say their platform as a text. In the lockfile, pnpm 12 takes a list alone.
module.exports = {
  hooks: {
    readPackage(manifest) {
      for (const key of ["os", "cpu"]) {
        if (typeof manifest[key] === "string") manifest[key] = [manifest[key]];
      }
      return manifest;
    },
  },
};
