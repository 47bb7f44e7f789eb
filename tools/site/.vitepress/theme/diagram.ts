import script from '@mermaid-js/tiny/dist/mermaid.tiny.js?url'
import { useData } from 'vitepress'
import { defineComponent, h, onBeforeUnmount, onMounted, ref, watch } from 'vue'

type Mermaid = {
  initialize(options: object): void
  render(id: string, source: string): Promise<{ svg: string }>
}

let drawn = 0
let loaded: Promise<void> | null = null

/** Loads Mermaid, once. It says who it is on the global object alone. */
function load(): Promise<void> {
  loaded ??= new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement('script'), {
      src: script,
      onload: resolve,
      onerror: reject,
    })
    document.head.append(element)
  })
  return loaded
}

/** A Mermaid diagram, drawn when it comes near; its source until then, and where there is no JavaScript. */
export const Diagram = defineComponent({
  props: { source: { type: String, required: true } },
  setup({ source }, { slots }) {
    const { isDark } = useData()
    const element = ref<HTMLElement | null>(null)
    const svg = ref('')
    const draw = async () => {
      await load()
      const { mermaid } = globalThis as unknown as { mermaid: Mermaid }
      mermaid.initialize({
        startOnLoad: false,
        theme: isDark.value ? 'dark' : 'neutral',
        fontFamily: 'inherit',
      })
      svg.value = (await mermaid.render(`diagram-${++drawn}`, decodeURIComponent(source))).svg
    }
    const observer =
      typeof IntersectionObserver === 'undefined'
        ? null
        : new IntersectionObserver(
            ([entry]) => {
              if (!entry?.isIntersecting) return
              observer?.disconnect()
              draw()
            },
            { rootMargin: '400px' },
          )
    onMounted(() => observer?.observe(element.value!))
    onBeforeUnmount(() => observer?.disconnect())
    watch(isDark, () => svg.value !== '' && draw())
    return () =>
      h(
        'div',
        { ref: element, class: 'diagram', tabindex: 0, role: 'group', 'aria-label': 'Diagram' },
        svg.value === '' ? slots.default?.() : [h('div', { innerHTML: svg.value })],
      )
  },
})
