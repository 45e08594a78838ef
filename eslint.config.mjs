import tseslint from 'typescript-eslint';
import { importDirection } from './scripts/importDirection.mjs';

// Formatting and general advice are biome's part; here is what needs types or knows this project.

const AMBIENT = 'a result may depend on nothing but its input';
const noAmbientInput = [
  'error',
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: `Math.random: ${AMBIENT}.`,
  },
  { selector: "Identifier[name='Date']", message: `Date: ${AMBIENT}.` },
];
const noInexactPower = {
  selector: "MemberExpression[object.name='Math'][property.name='pow']",
  message:
    'Math.pow differs between engines in the last bit: use exp and log, or a table built at the start.',
};

const parserOptions = { project: './tsconfig.all.json', tsconfigRootDir: import.meta.dirname };

export default tseslint.config(
  { ignores: ['dist/', 'dist.*/', 'out/', 'coverage/', 'node_modules/', 'docs/'] },
  {
    files: ['src/**/*.ts', 'temporal.config.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions,
    },
    plugins: {
      '@typescript-eslint': tseslint.plugin,
      marsdisk: { rules: { 'import-direction': importDirection } },
    },
    rules: {
      'marsdisk/import-direction': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  { files: ['src/workflows/**/*.ts'], rules: { 'no-restricted-syntax': noAmbientInput } },
  { files: ['src/sim/**/*.ts'], rules: { 'no-restricted-syntax': [...noAmbientInput, noInexactPower] } },
  {
    files: ['tests/**/*.ts', 'bench/**/*.ts', 'validation/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions,
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
);
