import prettier from 'eslint-config-prettier';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const electronOnly = {
  name: 'electron',
  message: 'Only src/main/app and src/preload may import electron.',
};

const WORDS_ELSEWHERE = 'Words that people read stand in resources/locales.';
const LETTERS = '/[A-Za-z]{2}|\\p{Script=Han}/u';
/** Texts in code: between tags, in attributes that are read out, and anything in Chinese. */
const wordsInCode = [
  { selector: `JSXText[value=${LETTERS}]`, message: WORDS_ELSEWHERE },
  {
    selector: `JSXAttribute[name.name=/^(aria-label|aria-description|alt|title|placeholder|label|hint|summary)$/] > Literal[value=${LETTERS}]:not([value=/^https:/])`,
    message: WORDS_ELSEWHERE,
  },
  { selector: 'Literal[value=/\\p{Script=Han}/u]', message: WORDS_ELSEWHERE },
  { selector: 'TemplateElement[value.raw=/\\p{Script=Han}/u]', message: WORDS_ELSEWHERE },
];

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'out',
      'dist',
      '.cache',
      'demo-output',
      'test-output',
      'models',
      'tests/support/stand-in-app',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/main/app/**', 'src/preload/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [electronOnly] }] },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks, 'jsx-a11y': a11y },
    languageOptions: { globals: globals.browser },
    rules: { ...hooks.configs.recommended.rules, ...a11y.configs.recommended.rules },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}', 'src/verifier/pages/**', 'src/shared/*.ts'],
    // What a gallery shows and what simulated cards have printed on them are examples, not words of the product.
    ignores: ['src/renderer/*/gallery/**', 'src/renderer/camera/simulated-*'],
    rules: { 'no-restricted-syntax': ['error', ...wordsInCode] },
  },
  {
    files: ['scripts/**', 'bin/**', 'src/cli/**', 'src/verifier/main.ts', 'tests/**', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.mjs', '**/*.cjs'], extends: [tseslint.configs.disableTypeChecked] },
  prettier,
);
