-- Looks only: an older version prints in the product's own colour.
alter table organisations drop column brand_colour;
