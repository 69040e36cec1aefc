// Runs a GGUF in llama.cpp through node-llama-cpp and prints what the comparison with PyTorch needs, as JSON.
// Usage: node llama_probe.mjs model.gguf request.json   (NODE_LLAMA_CPP: folder of the package, if not resolvable)
// request: { texts: string[], prompts: number[][], generate: [{ tokens, limit, stop }], temperature? }
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.env.NODE_LLAMA_CPP;
const { getLlama, LlamaLogLevel, Token } = await import(folder ? pathToFileURL(path.join(folder, 'dist/index.js')).href : 'node-llama-cpp');
const [modelPath, requestPath] = process.argv.slice(2);
const request = JSON.parse(fs.readFileSync(requestPath, 'utf8'));
const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error, maxThreads: 1 });
const started = performance.now();
const model = await llama.loadModel({ modelPath });
// As the engine runs such models. On the processor llama.cpp's flash attention sums in half precision where few tokens are computed at
// once: the last 24 of 536 tokens then had log-probabilities that were off by 0.06 (0.004 without it).
const context = await model.createContext({ contextSize: model.trainContextSize, threads: 1, flashAttention: false });
const loadMilliseconds = performance.now() - started;
const sequence = context.getSequence();

async function nextLogits(tokens) {
  await sequence.clearHistory();
  const input = tokens.map((t, i) => (i === tokens.length - 1 ? [t, { generateNext: { probabilities: true, confidence: false, token: true } }] : t));
  const output = await sequence.controlledEvaluate(input);
  const next = output[tokens.length - 1].next;
  return { token: next.token, top: [...next.probabilities].slice(0, 10).map(([token, probability]) => [token, Math.log(probability)]) };
}

async function generate({ tokens, limit, stop }) {
  await sequence.clearHistory();
  const out = [];
  for await (const token of sequence.evaluate(tokens, { temperature: 0, yieldEogToken: true })) {
    out.push(token);
    if (stop.includes(token) || out.length >= limit) break;
  }
  return out;
}

const result = {
  loadMilliseconds,
  prependBos: model.tokens.shouldPrependBosToken,
  bos: model.tokens.bos, eos: model.tokens.eos, eot: model.tokens.eot,
  chatTemplate: model.fileInfo.metadata.tokenizer?.chat_template,
  tokens: (request.texts ?? []).map((text) => [...model.tokenize(text)]),
  next: [], generated: [],
};
for (const tokens of request.prompts ?? []) result.next.push(await nextLogits(tokens));
const generationStart = performance.now();
for (const job of request.generate ?? []) result.generated.push(await generate(job));
result.generateMilliseconds = performance.now() - generationStart;
process.stdout.write(JSON.stringify(result) + '\n', () => process.exit(0));
