export const CMAKE_FILE = 'CMakeLists.txt'

const OWN_FOLDER = /^\$\{(?:CMAKE_CURRENT_SOURCE_DIR|CMAKE_SOURCE_DIR|PROJECT_SOURCE_DIR)\}\/?/

/** The files that a `CMakeLists.txt` names, and the folders that it includes from, as seen from its own; other variables are not followed. */
export function named(text: string): { files: string[]; folders: string[] } {
  const bare = text.replace(/#[^\n]*/g, '')
  const words = (call: RegExp) =>
    [...bare.matchAll(call)].flatMap(([, list]) =>
      list!
        .split(/[\s;"]+/)
        .map((word) => word.replace(OWN_FOLDER, '') || (OWN_FOLDER.test(word) ? '.' : ''))
        .filter((word) => /^[\w./+-]+$/.test(word)),
    )
  return {
    files: words(/\b(?:add_executable|add_library|target_sources)\s*\(([^()]*)\)/gi).filter((word) =>
      /\.(?:cc|cpp|cxx|c|h|hpp|hh)$/.test(word),
    ),
    folders: words(
      /\b(?:target_)?include_directories\s*\(\s*(?:[^\s()]+\s+(?=PRIVATE|PUBLIC|INTERFACE))?([^()]*)\)/gi,
    ).filter((word) => !/^(?:PRIVATE|PUBLIC|INTERFACE|SYSTEM|BEFORE|AFTER)$/.test(word)),
  }
}
