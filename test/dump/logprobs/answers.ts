/**
 * Made-up answers of each kind with the same two tokens: "Hi" at ½ beside "Hey" at ¼, and "!" at ⅛,
 * which is not among the likeliest, beside "." at ½ and "?" at ¼.
 */
const half = Math.log(0.5);
const quarter = Math.log(0.25);
const eighth = Math.log(0.125);

const token = (token: string, logprob: number) => ({
  token,
  logprob,
  bytes: [...new TextEncoder().encode(token)],
});
const hi = { ...token("Hi", half), top_logprobs: [token("Hi", half), token("Hey", quarter)] };
const end = { ...token("!", eighth), top_logprobs: [token(".", half), token("?", quarter)] };

const chat = (content: unknown[], index = 0) => ({
  index,
  message: { role: "assistant", content: "Hi!" },
  logprobs: { content, refusal: null },
  finish_reason: "stop",
});

const usage = { prompt_tokens: 9, completion_tokens: 2 };

const chunk = (entry: object, index = 0) => ({
  id: "chatcmpl-7",
  object: "chat.completion.chunk",
  choices: [{ index, delta: { content: "…" }, logprobs: { content: [entry] } }],
});

export const openAiChat = {
  id: "chatcmpl-1",
  created: 1784602501,
  choices: [chat([hi, end])],
  usage,
};

export const answers: Readonly<Record<string, unknown>> = {
  "an OpenAI chat": openAiChat,
  "an OpenAI chat without bytes": {
    choices: [
      chat([
        {
          token: "Hi",
          logprob: half,
          top_logprobs: [
            { token: "Hey", logprob: quarter },
            { token: "Hi", logprob: half },
          ],
        },
        {
          token: "!",
          logprob: String(eighth),
          top_logprobs: [
            { token: "?", logprob: quarter },
            { token: ".", logprob: half },
          ],
        },
      ]),
    ],
  },
  "a stream of chunks": [
    chunk(hi),
    { ...chunk(hi), choices: [{ index: 0, delta: {}, logprobs: null }] },
    chunk(end),
  ],
  "a legacy completion": {
    id: "cmpl-1",
    object: "text_completion",
    choices: [
      {
        text: "Hi!",
        index: 0,
        logprobs: {
          tokens: ["Hi", "!"],
          token_logprobs: [half, eighth],
          top_logprobs: [
            { Hi: half, Hey: quarter },
            { ".": half, "?": quarter, "!": eighth },
          ],
          text_offset: [0, 2],
        },
      },
    ],
  },
  "llama.cpp, first generation": {
    content: "Hi!",
    stop: true,
    completion_probabilities: [
      {
        content: "Hi",
        probs: [
          { tok_str: "Hi", prob: 0.5 },
          { tok_str: "Hey", prob: 0.25 },
        ],
      },
      {
        content: "!",
        probs: [
          { tok_str: ".", prob: 0.5 },
          { tok_str: "?", prob: 0.25 },
          { tok_str: "!", prob: 0.125 },
        ],
      },
    ],
  },
  "llama.cpp with log-probabilities": {
    content: "Hi!",
    stop: true,
    completion_probabilities: [
      {
        id: 5,
        ...hi,
        top_logprobs: [
          { id: 5, ...token("Hi", half) },
          { id: 6, ...token("Hey", quarter) },
        ],
      },
      {
        id: 7,
        ...end,
        top_logprobs: [
          { id: 8, ...token(".", half) },
          { id: 9, ...token("?", quarter) },
        ],
      },
    ],
  },
  "llama.cpp with probabilities": {
    content: "Hi!",
    stop: true,
    completion_probabilities: [
      {
        id: 5,
        token: "Hi",
        prob: 0.5,
        top_probs: [
          { id: 5, token: "Hi", prob: 0.5 },
          { id: 6, token: "Hey", prob: 0.25 },
        ],
      },
      {
        id: 7,
        token: "!",
        prob: 0.125,
        top_probs: [
          { id: 8, token: ".", prob: 0.5 },
          { id: 9, token: "?", prob: 0.25 },
        ],
      },
    ],
  },
  "a stream of llama.cpp": [
    { content: "Hi", stop: false, completion_probabilities: [hi] },
    { content: "!", stop: false, completion_probabilities: [end] },
    { content: "", stop: true },
  ],
  Ollama: {
    model: "m",
    message: { role: "assistant", content: "Hi!" },
    done: true,
    logprobs: [hi, end],
  },
  "a stream of Ollama": [
    { model: "m", response: "Hi", done: false, logprobs: [hi] },
    { model: "m", response: "!", done: false, logprobs: [end] },
    { model: "m", response: "", done: true, eval_count: 2 },
  ],
  // As text: objects of JavaScript would sort the ids.
  "the prompt of vLLM": `{"id": "cmpl-1", "choices": [{"text": "", "index": 0, "logprobs": null}],
    "prompt_logprobs": [
      {"5": {"logprob": ${half}, "rank": 1, "decoded_token": "Hi"},
       "6": {"logprob": ${quarter}, "rank": 2, "decoded_token": "Hey"}},
      {"17": {"logprob": ${eighth}, "rank": 3, "decoded_token": "!"},
       "2": {"logprob": ${half}, "rank": 1, "decoded_token": "."},
       "3": {"logprob": ${quarter}, "rank": 2, "decoded_token": "?"}}]}`,
  Gemini: {
    candidates: [
      {
        content: { parts: [{ text: "Hi!" }] },
        logprobsResult: {
          chosenCandidates: [
            { token: "Hi", tokenId: 5, logProbability: half },
            { token: "!", tokenId: 7, logProbability: eighth },
          ],
          topCandidates: [
            {
              candidates: [
                { token: "Hi", tokenId: 5, logProbability: half },
                { token: "Hey", tokenId: 6, logProbability: quarter },
              ],
            },
            {
              candidates: [
                { token: ".", tokenId: 8, logProbability: half },
                { token: "?", tokenId: 9, logProbability: quarter },
              ],
            },
          ],
        },
      },
    ],
  },
  "a recorded exchange": {
    request: { body: '{"logprobs": true, "top_logprobs": 2}' },
    response: { status: 200, body: JSON.stringify(openAiChat) },
  },
  "a recorded stream": {
    response: {
      body: [hi, end].map(e => `data: ${JSON.stringify(chunk(e))}\n\n`).join("") + "data: [DONE]\n",
    },
  },
  "the entries alone": [hi, end],
};

/** Answers that name the sampled tokens only. */
export const bareAnswers: Readonly<Record<string, unknown>> = {
  Cohere: {
    id: "1",
    message: { role: "assistant", content: [{ type: "text", text: "Hi!" }] },
    logprobs: [
      { text: "Hi", token_ids: [5], logprobs: [half] },
      { text: "!", token_ids: [7], logprobs: [eighth] },
    ],
  },
  "a stream of Cohere": [
    { type: "message-start", id: "1", delta: { message: { role: "assistant" } } },
    {
      type: "content-delta",
      index: 0,
      delta: { message: {} },
      logprobs: { text: "Hi", token_ids: [5], logprobs: [half] },
    },
    {
      type: "content-delta",
      index: 0,
      delta: { message: {} },
      logprobs: { text: "!", token_ids: [7], logprobs: [eighth] },
    },
    { type: "message-end", delta: { finish_reason: "COMPLETE" } },
  ],
  Together: {
    choices: [
      {
        text: "Hi!",
        logprobs: { token_ids: [5, 7], tokens: ["Hi", "!"], token_logprobs: [half, eighth] },
      },
    ],
  },
  "a chat without alternatives": {
    choices: [
      chat([
        { ...hi, top_logprobs: [] },
        { ...end, top_logprobs: [] },
      ]),
    ],
  },
};

/** Two documents of three choices as lm-evaluation-harness logs them. */
export const evalSamples = [
  {
    doc_id: 0,
    doc: { question: "?" },
    target: "2",
    arguments: {
      gen_args_0: { arg_0: "?", arg_1: " A" },
      gen_args_1: { arg_0: "?", arg_1: " B" },
      gen_args_2: { arg_0: "?", arg_1: " C" },
    },
    resps: [[["-3.5", "False"]], [["-2.25", "False"]], [["-1.5", "True"]]],
    filtered_resps: [
      ["-3.5", "False"],
      ["-2.25", "False"],
      ["-1.5", "True"],
    ],
    acc: 1.0,
  },
  {
    doc_id: 1,
    doc: { question: "?" },
    target: "0",
    arguments: {
      gen_args_0: { arg_0: "?", arg_1: " A" },
      gen_args_1: { arg_0: "?", arg_1: " B" },
      gen_args_2: { arg_0: "?", arg_1: " C" },
    },
    resps: [[["-4.0", "False"]], [["-1.0", "True"]], [["-2.0", "False"]]],
    filtered_resps: [
      ["-4.0", "False"],
      ["-1.0", "True"],
      ["-2.0", "False"],
    ],
    acc: 0.0,
  },
];
