/** In place of what Prism would forward requests and make callbacks with: the mock calls nobody. */
function callsNobody(): never {
  throw new Error("The mock calls nobody.");
}

export { callsNobody as default, callsNobody as HttpProxyAgent, callsNobody as HttpsProxyAgent };
