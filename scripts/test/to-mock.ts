// Loaded before a sample: what it sends to Huawei Cloud goes to the mock.
// biome-ignore-all lint/suspicious/noUndeclaredEnvVars: set by the test, not from outside.
const { fetch } = globalThis;
globalThis.fetch = (input, init) =>
  fetch(
    String(input).replace(
      /^(https:\/\/kms\.[\w-]+\.myhuaweicloud\.com|http:\/\/127\.0\.0\.1:4010)/,
      String(process.env.MOCK_URL),
    ),
    init,
  );
