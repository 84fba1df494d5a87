import { useEditorState, type Editor } from '@tiptap/react';
import { Bold, Heading2, Italic, Link2, List, ListOrdered, Quote, Redo2, Strikethrough, Undo2 } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { cn } from '#platform/ui/class-names.ts';
import { LinkPopover } from './link-popover.tsx';

const look =
  'grid size-8 shrink-0 place-items-center rounded-md text-ink-soft hover:bg-hover hover:text-ink disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-on-accent-soft [&_svg]:size-4';

/** What can be done with the text, as buttons; arrow keys move between them. */
export function NoteToolbar({ editor }: { editor: Editor }) {
  const [linking, setLinking] = useState(false);
  const is = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      strike: now.isActive('strike'),
      heading: now.isActive('heading'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      link: now.isActive('link'),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
  const run = () => editor.chain().focus();
  return (
    <Toolbar.Root
      aria-label="Formatting"
      className="sticky top-0 z-10 flex gap-0.5 overflow-x-auto rounded-t-lg border-b border-line bg-surface px-2 py-1"
    >
      <Tool label="Heading" on={is.heading} onPress={() => run().toggleHeading({ level: 2 }).run()}>
        <Heading2 aria-hidden />
      </Tool>
      <Tool label="Bold" on={is.bold} onPress={() => run().toggleBold().run()}>
        <Bold aria-hidden />
      </Tool>
      <Tool label="Italic" on={is.italic} onPress={() => run().toggleItalic().run()}>
        <Italic aria-hidden />
      </Tool>
      <Tool label="Strikethrough" on={is.strike} onPress={() => run().toggleStrike().run()}>
        <Strikethrough aria-hidden />
      </Tool>
      <Tool label="Bulleted list" on={is.bullets} onPress={() => run().toggleBulletList().run()}>
        <List aria-hidden />
      </Tool>
      <Tool label="Numbered list" on={is.numbers} onPress={() => run().toggleOrderedList().run()}>
        <ListOrdered aria-hidden />
      </Tool>
      <Tool label="Quote" on={is.quote} onPress={() => run().toggleBlockquote().run()}>
        <Quote aria-hidden />
      </Tool>
      <LinkPopover
        editor={editor}
        open={linking}
        onOpenChange={setLinking}
        trigger={
          <Toolbar.Button aria-label="Link" title="Link" aria-pressed={is.link} className={look}>
            <Link2 aria-hidden />
          </Toolbar.Button>
        }
      />
      <Toolbar.Separator className="mx-1 my-1.5 w-px shrink-0 bg-line" />
      <Tool label="Undo" disabled={!is.undo} onPress={() => run().undo().run()}>
        <Undo2 aria-hidden />
      </Tool>
      <Tool label="Redo" disabled={!is.redo} onPress={() => run().redo().run()}>
        <Redo2 aria-hidden />
      </Tool>
    </Toolbar.Root>
  );
}

interface ToolProps {
  label: string;
  /** Absent: nothing that is on or off. */
  on?: boolean;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Tool({ label, on, disabled, onPress, children }: ToolProps) {
  return (
    <Toolbar.Button
      aria-label={label}
      title={label}
      aria-pressed={on}
      disabled={disabled}
      // The text keeps its selection.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      className={cn(look)}
    >
      {children}
    </Toolbar.Button>
  );
}
