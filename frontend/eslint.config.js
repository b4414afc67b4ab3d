import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'
import { rooms } from './eslint.rooms.js'

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts', 'public'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['src/**/*.{ts,vue}', 'tests/**/*.ts'],
    plugins: { gongdan: { rules: { rooms } } },
    rules: {
      'gongdan/rooms': 'error',
      'no-console': ['error', { allow: ['error', 'warn'] }],
      'no-eval': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-restricted-imports': ['error', {
        paths: [{ name: 'element-plus/dist/index.css', message: 'Styles come with each component.' }],
      }],
      '@typescript-eslint/no-explicit-any': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/html-indent': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
      // A word on the screen lives in a locale file.
      'vue/no-bare-strings-in-template': ['error', {
        allowlist: ['·', '›', '/', '—', '–', ':', '：', '(', ')', '（', '）', '+', '-', '@', '#', '%', '⌘K', '★', '→', '，', '、', '…', '?', '⏎', 'Y', 'J', 'K', ',', '×', '●'],
      }],
    },
  },
)
