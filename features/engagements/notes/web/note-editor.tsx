import './note-editor.css';
import { Collaboration } from '@tiptap/extension-collaboration';
import { Placeholder } from '@tiptap/extension-placeholder';
import { EditorContent, useEditor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { useEffect, useState } from 'react';
import type { Visitor } from '#platform/client/rooms.ts';
import { pageNonce } from '#platform/ui/nonce.ts';
import { rootName } from '../document-rules.ts';
import { isSafeLink } from '../limits-rules.ts';
import { NoteCursors } from './note-cursors.ts';
import { noteMention, type MentionList, type Mentionable } from './note-mention.ts';
import { MentionPopup } from './mention-popup.tsx';
import type { NoteSync } from './note-sync.ts';
import { NoteToolbar } from './note-toolbar.tsx';

interface NoteEditorProps {
  sync: NoteSync;
  org: string;
  noteId: string;
  title: string;
  editable: boolean;
  /** Who may be mentioned: asked when somebody types an @. */
  people: () => Promise<readonly Mentionable[]>;
  onOthers: (visitors: readonly Visitor[]) => void;
  onFocus: (focused: boolean) => void;
}

/** The text itself. What it may hold, the server knows too: see document-rules.ts. */
export function NoteEditor({ sync, org, noteId, title, editable, people, onOthers, onFocus }: NoteEditorProps) {
  const [mentions, setMentions] = useState<MentionList | null>(null);
  const nonce = pageNonce();
  const editor = useEditor({
    editable,
    ...(nonce ? { injectNonce: nonce } : {}),
    extensions: [
      StarterKit.configure({
        // Yjs undoes one’s own edits only.
        undoRedo: false,
        trailingNode: false,
        heading: { levels: [2, 3] },
        link: {
          openOnClick: false,
          defaultProtocol: 'https',
          isAllowedUri: (address) => isSafeLink(address),
          HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank', class: null },
        },
      }),
      Placeholder.configure({ placeholder: editable ? 'Write here. Everybody sees it as you type.' : '' }),
      Collaboration.configure({ document: sync.doc, field: rootName }),
      NoteCursors.configure({ doc: sync.doc, org, noteId, onOthers }),
      noteMention(people, setMentions),
    ],
    editorProps: {
      attributes: {
        class: 'note-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': title,
        ...(editable ? {} : { 'aria-readonly': 'true' }),
      },
    },
    onFocus: () => onFocus(true),
    onBlur: () => onFocus(false),
  });
  useEffect(() => editor.setEditable(editable), [editor, editable]);
  return (
    <>
      {editable && <NoteToolbar editor={editor} />}
      <EditorContent editor={editor} className="px-4 py-3 text-base sm:px-5 sm:py-4" />
      {mentions && <MentionPopup list={mentions} />}
    </>
  );
}
