import { strToU8, zip } from 'fflate'
import { defineComponent, h, onMounted, ref } from 'vue'
import { isCrateName, renameCrate } from '../../src/crate/rename.ts'
import { loadCrates } from './crates.ts'

/** What the crate of a folder is to a reader. */
const labelOf = (folder: string, alone: boolean) => {
  if (alone) return 'Download zip'
  return folder === '' ? 'Download the whole chapter' : 'Download the smallest program'
}

/**
 * A form that gives the crates of a chapter as zips, under the name that is typed. Nothing leaves the page, and there is
 * no form where there is no JavaScript.
 */
export const Download = defineComponent({
  // `folders` are those of the crates, with a comma between them.
  props: { slug: { type: String, required: true }, folders: { type: String, required: true } },
  setup({ slug, folders }) {
    const name = ref<string | null>(null)
    onMounted(() => {
      name.value = slug
    })
    const download = async (folder: string) => {
      const crates = await loadCrates(slug)
      const crate = renameCrate(crates.find((crate) => crate.folder === folder)!, name.value!)
      const files = Object.entries(crate.files).map(([path, text]) => [
        `${crate.name}/${path}`,
        strToU8(text),
      ])
      zip(Object.fromEntries(files), (error, bytes) => {
        if (error) throw error
        save(new Blob([bytes as BlobPart], { type: 'application/zip' }), `${crate.name}.zip`)
      })
    }
    const field = () =>
      h('label', [
        'Crate name ',
        h('input', {
          value: name.value,
          title: 'lower-case letters, digits, - and _',
          spellcheck: false,
          autocomplete: 'off',
          onInput: (event: Event) => {
            name.value = (event.target as HTMLInputElement).value
          },
        }),
      ])
    const all = folders.split(',').toReversed()
    const button = (folder: string) =>
      h(
        'button',
        { type: 'button', disabled: !isCrateName(name.value!), onClick: () => download(folder) },
        labelOf(folder, all.length === 1),
      )
    return () => (name.value === null ? null : h('div', { class: 'download' }, [field(), ...all.map(button)]))
  },
})

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  URL.revokeObjectURL(address)
}
