-- 被纠正的缘由：选填，由承办的人记；按依据、缘由、科室看败诉与纠错。
alter table review_case add column lesson_cause text, add column lesson_unit text, add column lesson_words text;
alter table litigation_case add column lesson_cause text, add column lesson_unit text, add column lesson_words text;
comment on column review_case.lesson_cause is '被纠正的缘由：主要事实不清、证据不足，适用依据错误，违反法定程序等';
comment on column review_case.lesson_unit is '当初承办的科室';
comment on column review_case.lesson_words is '错在何处，一两句；不写当事人';
comment on column litigation_case.lesson_cause is '被纠正的缘由，同 review_case';
create index litigation_case_effective on litigation_case (body_id, effective_on) where effective_on is not null;
create index review_case_decided on review_case (body_id, decided_on) where decided_on is not null;
