// Takes the place of @vscode/native-watchdog, which exists only as C++. It ends an extension host that hangs after its
// server has died; here the whole process group is ended anyway.
exports.start = () => undefined;
exports.exit = (code) => process.exit(code);
