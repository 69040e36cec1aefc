import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Imports point one way: extension → protocol ← inference, webview-ui → its messages, session → window, llama, store. */
const LAYERS = [
  { target: './inference', from: './extension', message: 'The engine knows nothing of the extension.' },
  { target: './inference', from: './webview-ui', message: 'The engine knows nothing of the panel.' },
  {
    target: './inference/window',
    from: './inference',
    except: ['./window', './views.ts'],
    message: 'window is pure and imports nothing.',
  },
  {
    target: './inference/llama',
    from: './inference',
    except: ['./llama', './views.ts', './errors.ts'],
    message: 'llama knows tokens, not sessions.',
  },
  {
    target: './inference/store',
    from: './inference',
    except: ['./store', './views.ts', './errors.ts'],
    message: 'store knows events, not models.',
  },
  {
    target: './inference/models',
    from: './inference',
    except: ['./models', './views.ts', './errors.ts'],
    message: 'models knows files.',
  },
  { target: './inference/session', from: './inference/main.ts' },
  {
    target: './extension',
    from: './inference',
    except: ['./protocol.ts', './views.ts'],
    message: 'The extension talks to the engine by protocol.ts alone.',
  },
  {
    target: './extension',
    from: './webview-ui',
    except: ['./messages.ts', './stats/messages.ts'],
    message: 'The extension knows only the messages of its pages.',
  },
  { target: './webview-ui', from: './extension', message: 'The panel talks only messages.ts.' },
  { target: './webview-ui', from: './inference', except: ['./views.ts'], message: 'The panel knows only the views.' },
  ...['./inference', './extension', './webview-ui'].flatMap((part) => [
    { target: part, from: './training', message: 'The product knows nothing of how its models are made.' },
    { target: './training', from: part, message: 'The corpus builder knows nothing of the product.' },
  ]),
];

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const onIsAnEvent = {
  selector: 'MethodDefinition[key.name=/^on[A-Z]/][kind="method"]',
  message: '`onX` is an event; a handler is `handleX`.',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.endless/',
      'artifacts/',
      'training/*.mjs',
      'training/test/',
      'tools/',
      'sample/',
      'bench/results/',
    ],
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: LAYERS, basePath: import.meta.dirname }],
      'no-restricted-syntax': ['error', noDefaultExport, onIsAnEvent],
      'no-console': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['inference/**/*.ts', 'webview-ui/**/*.ts', 'webview-ui/**/*.tsx'],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: 'vscode', message: 'Only extension/ imports vscode.' }] }],
    },
  },
  {
    files: ['inference/**/*.ts', 'extension/**/*.ts', 'webview-ui/**/*.ts'],
    ignores: ['inference/llama/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'node-llama-cpp', message: 'Only inference/llama/ imports node-llama-cpp.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', 'cli/**/*.ts', 'training/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['vitest.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
