import { withBase } from 'vitepress'
import { defineComponent, h, onMounted, ref } from 'vue'
import { type Found, findSymptoms, type Section } from '../../src/symptoms/find.ts'

/** A field for what a tool said, and the sections that say the same. There is none where there is no JavaScript. */
export const SymptomFinder = defineComponent({
  setup() {
    const sections = ref<Section[] | null>(null)
    const found = ref<Found[] | null>(null)
    onMounted(async () => {
      sections.value = await (await fetch(withBase('/symptoms.json'))).json()
    })
    const find = (event: Event) => {
      const { value } = event.target as HTMLTextAreaElement
      found.value = value.trim() === '' ? null : findSymptoms(sections.value!, value)
    }
    const field = () =>
      h('textarea', {
        rows: 5,
        'aria-label': 'What the compiler, the linker or the program said',
        placeholder: 'error: future cannot be sent between threads safely',
        spellcheck: false,
        onInput: find,
      })
    const item = ({ section: { page, title, address }, line }: Found) =>
      h('li', [
        h('a', { href: withBase(address) }, title),
        page === title ? null : ` ${page}`,
        h('code', line),
      ])
    const list = () => {
      if (found.value === null) return null
      if (found.value.length === 0) return h('p', 'No section says this.')
      return h('ol', found.value.map(item))
    }
    return () =>
      sections.value === null
        ? null
        : h('div', { class: 'symptoms' }, [field(), h('div', { 'aria-live': 'polite' }, [list()])])
  },
})
