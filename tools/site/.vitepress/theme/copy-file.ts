import { defineComponent, h, onMounted, ref } from 'vue'
import { loadFiles } from './crates.ts'

const SHOWN_MS = 2_000

/** Copies the whole file of which the block shows a part. There is no button where there is no JavaScript. */
export const CopyFile = defineComponent({
  props: { slug: { type: String, required: true }, path: { type: String, required: true } },
  setup({ slug, path }) {
    const label = ref<string | null>(null)
    onMounted(() => {
      label.value = 'Copy file'
    })
    const copy = async () => {
      const files = await loadFiles(slug)
      await navigator.clipboard.writeText(files[path]!)
      label.value = 'Copied'
      setTimeout(() => {
        label.value = 'Copy file'
      }, SHOWN_MS)
    }
    return () =>
      label.value === null
        ? null
        : h(
            'button',
            { class: 'copy-file', type: 'button', onClick: copy, title: `Copy all of ${path}` },
            label.value,
          )
  },
})
