// CommonJS, which loads ES modules by require().
const client = require("@csms/client");
const contract = require("@csms/client/contract");
const { runProgram } = require("./program.js");

runProgram(client, contract, process.argv[2]);
