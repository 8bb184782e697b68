/** What `--help` tells. */
export const help = `Usage: csms-mock [options]

A mock of Huawei Cloud's Secret Management Service (CSMS) metadata API, for tests with no cloud account.
It answers with the contract's examples, or with --secrets or --data as a small CSMS that holds them.
It tells what is wrong with a request that breaks the contract.

Where it listens:
  -p, --port <number>         where to listen; 0 takes any free port (default: 4010)
      --host <address>        who can reach it: 127.0.0.1 is this machine only, 0.0.0.0 everybody (default: 127.0.0.1)

What it holds:
      --secrets <number>      how many secrets; a million start as fast as one
      --data <file>           these secrets: JSON such as {"secrets": [{"name": "db", "versions": [{"id": "v1"}]}]}
      --versions <number>     how many versions each secret has, from 1 to 20 (default: 1 to 20, mostly few)
      --seed <number>         the same seed makes the same secrets, and the same trouble (default: 1)

What real servers do differently:
      --repeat-marker         a page begins with the marker's own item
      --marker-on-last-page   the last page carries a next_marker, too
      --max-limit <number>    a page carries no more, however large the limit: from 50 to 1000

Whom it lets in:
      --verify                checks signatures by the key in HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK,
                              of a temporary key with HUAWEICLOUD_SDK_SECURITY_TOKEN, too
      --token-life <seconds>  how long a token is good that the mock's IAM gave (default: 86400)

Trouble:
      --latency <ms>          hold back each answer: 100, or a random time: 50-200
      --fail <status:chance>  fail with a status: 503:0.1 is one request in ten; can be repeated
      --throttle <number>     serve so many requests in a second; the others get 429 with Retry-After
      --reset <chance>        reset the connection instead of answering
      --truncate <chance>     end the connection halfway through the body
      --expire-tokens-after <number>  so many requests, then the token gets 401

  -h, --help                  show this help
  -v, --version               show the version

A request asks for another answer with a header:
  Prefer: code=404         what the contract answers with that status
  Prefer: example=<name>   the contract's example of that name
  Prefer: dynamic=true     values made up from the schema

A test in any language asks and tells it more, from this machine only:
  GET  /__mock/health                  is it ready?
  GET  /__mock/requests                what came, with violations
  POST /__mock/answers/{operationId}   the next answers, such as [{"status": 503}]
  GET  /__mock/answers                 those that nobody asked for yet
  PUT  /__mock/data                    what it holds from now on, as in --data
  POST /__mock/reset                   all as it was started`;
