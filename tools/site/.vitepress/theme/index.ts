import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { CopyFile } from './copy-file.ts'
import { Diagram } from './diagram.ts'
import { Download } from './download.ts'
import { SymptomFinder } from './symptom-finder.ts'
import './style.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    const components = { CopyFile, Diagram, Download, SymptomFinder }
    for (const [name, component] of Object.entries(components)) app.component(name, component)
  },
} satisfies Theme
