-- 文书：发文字号的顺序号。
create table document_number (
  body_id uuid not null references body (body_id),
  word    text not null check (word in ('答', '告', '补', '延', '征', '费')),
  year    smallint not null check (year between 2008 and 2200),
  last    integer not null check (last > 0),
  primary key (body_id, word, year)
);
comment on table document_number is '发文字号：各机构、各类文书、各年已编到几号。取号与成文在同一事务，事务不成则号退回，故不跳号';
comment on column document_number.word is '文书类别字：答（答复）、告（告知）、补（补正）、延（延期）、征（征求意见）、费（收费）';
