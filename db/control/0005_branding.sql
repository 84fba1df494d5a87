-- How an organisation's documents look.
alter table organisations
  -- Of headings and rules, #rrggbb; null: the product's own.
  add column brand_colour text check (brand_colour ~ '^#[0-9a-f]{6}$');
